import { cpus, loadavg } from 'node:os';

/** How many processes want a processor, on the average of the last minute. */
export const load = (): string => (loadavg()[0] ?? 0).toFixed(1);

/** On what it is measured. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model ?? 'processor'} · Node ${process.versions.node}`;
}
