import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GateRecord } from '#contracts';
import { liftVerbs } from '../../../apps/tickets/src/cli/lift.verbs.js';
import { runVerbs } from '../../support/verbs.js';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

const known = {
  status: 'open',
  version: 1,
  phase: 0,
  requesterId: 'ann',
  assigneeId: null,
  credentials: 1,
} as const;
export const gate = (ticketId: string, change: Partial<GateRecord>): GateRecord => ({
  ticketId,
  ...known,
  ...change,
});

export const restoredNow = () => ['--restored-at', new Date().toISOString()];

/** The service, who uses it, and a folder for what the gates remember. */
export class LiftStage {
  private constructor(
    readonly tickets: TicketsUnderTest,
    readonly ann: Client,
    readonly agent: Client,
    readonly folder: string,
  ) {}

  static async start(): Promise<LiftStage> {
    const tickets = await startTickets();
    const [ann, agent] = [
      await tickets.as('ann', ['customer']),
      await tickets.as('alex', ['agent']),
    ];
    return new LiftStage(tickets, ann, agent, mkdtempSync(join(tmpdir(), 'lift-')));
  }

  async stop(): Promise<void> {
    await this.tickets.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** The command beside the running service, with what the gates remember. */
  lift(gates: readonly GateRecord[], ...more: string[]) {
    const file = join(this.folder, 'gates.jsonl');
    writeFileSync(
      file,
      [...gates, { gates: gates.length }].map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
    return this.runLift(file, ...more);
  }

  runLift(...args: string[]) {
    return runVerbs(liftVerbs, ['lift', ...args], {
      TICKETS_DATABASE_URL: this.tickets.database.serviceUrl,
    });
  }

  async shown(id: string) {
    return (await this.agent.get(`/v1/tickets/${id}`)).body;
  }
}
