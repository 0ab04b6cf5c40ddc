/** Of the bare floor's throughput in the same run, 0 to 1. */
export interface Shares {
  readonly submit: number;
  readonly reveal: number;
}

export interface Verdict {
  readonly lines: readonly string[];
  /** What is less than half of what was recorded: machines differ, and their moments. */
  readonly faults: readonly string[];
}

export function judge(recorded: Shares, measured: Shares): Verdict {
  const judged = (['submit', 'reveal'] as const).map((name) => ({
    line:
      `${name}: ${percent(measured[name])} of the bare floor's throughput, ` +
      `recorded ${percent(recorded[name])}`,
    isFault: measured[name] < recorded[name] / 2,
  }));
  return {
    lines: judged.map(({ line }) => line),
    faults: judged.filter(({ isFault }) => isFault).map(({ line }) => `less than half: ${line}`),
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
