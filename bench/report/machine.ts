import { cpus, loadavg } from 'node:os';

/** On what it is measured, and how busy that is just now. */
export function machine(): string {
  const [cpu] = cpus();
  const [load = 0] = loadavg();
  return `${cpus().length} × ${cpu?.model ?? 'processor'} · load ${load.toFixed(2)} · Node ${process.versions.node}`;
}
