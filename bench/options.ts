import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Sizes } from './growth/sizes.js';

export interface CompareOptions {
  readonly rounds: number;
  /** Requests in flight, one measurement each. */
  readonly inFlight: readonly number[];
  /** Ends that wait while `credentials` is stopped; 0 measures none. */
  readonly backlog: number;
  /** Starts are measured, and not requests. */
  readonly startup: boolean;
  /** How often each starts from nothing there. */
  readonly fromNothing: number;
  /** Only the operations whose names contain one of these; all where there is none. */
  readonly only: readonly string[];
  /** Where the results go too, as JSON. */
  readonly json: string | undefined;
  /** Keeps what was checked out, for the next run; by default it is removed. */
  readonly trees: string | undefined;
}

export interface Options extends CompareOptions {
  /** The commit beside which this tree is measured. */
  readonly against: string | undefined;
  /** Full databases are measured beside empty ones, and how full. */
  readonly growth: boolean;
  readonly sizes: Sizes;
  /** Replicas of each service, measured beside one of each; 0: none. */
  readonly replicas: number;
  /** Event streams that are held open while the gateway's memory is measured; 0: none. */
  readonly streams: number;
  /** Minutes of load during which memory is measured; 0: none. */
  readonly soak: number;
  /** Fails where the system has become much slower beside the bare floor. */
  readonly guard: boolean;
  /** Writes down what the guard shall go by. */
  readonly record: boolean;
}

const definitions = {
  against: { type: 'string' },
  growth: { type: 'boolean', default: false },
  tickets: { type: 'string', default: '1000000' },
  live: { type: 'string', default: '100000' },
  log: { type: 'string', default: '3000000' },
  replicas: { type: 'string', default: '0' },
  streams: { type: 'string', default: '0' },
  soak: { type: 'string', default: '0' },
  guard: { type: 'boolean', default: false },
  record: { type: 'boolean', default: false },
  startup: { type: 'boolean', default: false },
  'from-nothing': { type: 'string', default: '2' },
  rounds: { type: 'string', default: '5' },
  'in-flight': { type: 'string', default: '1,16,256' },
  backlog: { type: 'string', default: '2000' },
  only: { type: 'string', default: '' },
  json: { type: 'string' },
  trees: { type: 'string' },
} as const;

const listOf = (text: string): string[] => text.split(',').filter(Boolean);

/** @throws where there is an option that it does not know */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: definitions });
  const { against, guard, record, startup, growth, rounds, backlog, only, json, trees } = values;
  const { tickets, live, log } = values;
  return {
    against,
    guard,
    record,
    startup,
    growth,
    sizes: { tickets: Number(tickets), live: Number(live), log: Number(log) },
    replicas: Number(values.replicas),
    streams: Number(values.streams),
    soak: Number(values.soak),
    fromNothing: Number(values['from-nothing']),
    rounds: Number(rounds),
    inFlight: listOf(values['in-flight']).map(Number),
    backlog: Number(backlog),
    only: listOf(only),
    json,
    trees: trees === undefined ? undefined : fromUser(trees),
  };
}

/** A path that the user gave, who may stand elsewhere than at the top of the clone. */
export const fromUser = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);
