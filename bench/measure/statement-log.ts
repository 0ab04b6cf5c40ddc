import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Statements {
  /** What the request itself sent, BEGIN and COMMIT included. */
  readonly request: number;
  /** Transactions of these, a statement outside of one being one by itself. */
  readonly transactions: number;
  /** What the relays sent on top: they remove and claim events. */
  readonly relay: number;
}

/**
 * Long enough for the relays to finish, for the log to be written and for the
 * server to take new settings.
 */
const settleMs = 200;
const services = /^(?:tickets|credentials|baseline)$/;
/** Readiness probes. */
const probe = /^SELECT 1$/;
/** Only the relay names the lease of an outbox row. */
const ofRelay = /lease_token/;

/**
 * Counts statements by PostgreSQL's own log, which it switches
 * on for as long as it counts.
 */
export class StatementLog {
  /** @param adminUrl of a superuser; @param file where the server's log goes */
  constructor(
    private readonly adminUrl: string,
    private readonly file: string,
  ) {}

  async count(work: () => Promise<unknown>): Promise<Statements> {
    await this.configure(["SET log_statement = 'all'", "SET log_line_prefix = '%a|%p|'"]);
    try {
      const before = (await readFile(this.file)).length;
      await work();
      await sleep(settleMs);
      return tally((await readFile(this.file)).subarray(before).toString('utf8'));
    } finally {
      await this.configure(['RESET log_statement', 'RESET log_line_prefix']);
    }
  }

  private async configure(settings: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.adminUrl });
    await client.connect();
    for (const setting of settings) await client.query(`ALTER SYSTEM ${setting}`);
    await client.query('SELECT pg_reload_conf()');
    await client.end();
    await sleep(settleMs);
  }
}

/** Lines of a statement after its first begin with a tab. */
export function tally(log: string): Statements {
  const [open, counts] = [new Set<string>(), { request: 0, transactions: 0, relay: 0 }];
  for (const entry of log.split(/\n(?!\t)/)) {
    const [, service = '', session = '', text = ''] =
      /^(.*?)\|(\d+)\|LOG: {2}(?:statement|execute [^:]+): (.*)/s.exec(entry) ?? [];
    if (!services.test(service) || probe.test(text)) continue;
    if (ofRelay.test(text)) counts.relay += 1;
    else {
      counts.request += 1;
      counts.transactions += endsTransaction(text, session, open) ? 1 : 0;
    }
  }
  return counts;
}

/** @param open the sessions that are in a transaction; kept up to date */
function endsTransaction(text: string, session: string, open: Set<string>): boolean {
  if (/^(?:BEGIN|START TRANSACTION)/.test(text)) open.add(session);
  if (/^(?:COMMIT|ROLLBACK)/.test(text)) open.delete(session);
  return !open.has(session);
}
