/** Called as it goes on. */
export type ReportProgress = (progress: string) => void;
