import { exchanges } from '#contracts';
import { claiming, forgetting, remembered } from '#idempotency';
import { appending } from '#outbox';
import {
  type LockWait,
  type PipelinedTransaction,
  type PipelinedTransactions,
  type Statement,
} from '#postgres';
import { thisMoment } from '#waiting';
import { type Vault } from '../custody/vault.js';
import { growing, lockedHeads } from '../persistence/access-log.js';
import { batchTime } from '../persistence/batch-time.js';
import { advancingGates, lockedGates } from '../persistence/gates.js';
import { currentKeyHeld, holdCurrentKey } from '../persistence/keys.js';
import { fulfilling } from '../persistence/requests.js';
import { submissionFacts } from '../persistence/submissions.js';
import { storing } from '../persistence/summaries.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { batcherOf, chainsOf, type Decision, ifCached, ticketsOf } from './batches.js';
import { type Passed } from './while-live.js';
import { scopeOf, type SubmitCommand, type SubmitFacts, type Submitted } from './submit-command.js';
import { SubmitDecisions } from './submit-decisions.js';

/**
 * Performs the submissions of a batch in one transaction of two round trips. The first
 * locks the gates and the heads of the logs, holds the current key, and reads what the
 * decisions need. Then they are decided and sealed. The second trip writes and commits.
 */
export class SubmitBatch {
  private readonly batcher = batcherOf((commands: readonly SubmitCommand[], lockWait) =>
    this.perform(commands, lockWait),
  );

  constructor(
    private readonly transactions: PipelinedTransactions,
    private readonly restores: RestoreWatch,
    private readonly access: AccessByStanding,
    private readonly vault: Vault,
  ) {}

  /** @throws AskAgain; GateCrossed; Problem `too-many` */
  submit(command: SubmitCommand): Promise<Passed<Submitted>> {
    return this.batcher.add(command);
  }

  private perform(
    commands: readonly SubmitCommand[],
    lockWait: LockWait,
  ): Promise<Decision<Passed<Submitted>>[]> {
    return this.transactions.run(async (tx) => {
      const trueAt = thisMoment();
      const facts = await this.restores.readChecked(() => read(tx, commands, lockWait));
      const key = this.vault.key(facts.kekId);
      const kek = await (lockWait === 'skip' ? ifCached(key) : key);
      if (kek === undefined) return commands.map(() => 'deferred');
      const decisions = new SubmitDecisions(facts, this.vault, kek, (answer) =>
        this.access.isStale(answer),
      );
      const decided = commands.map((command) => decisions.decide(command, trueAt));
      if (decisions.stored.length > 0) await tx.commit(writesOf(decisions, facts.at));
      return decided;
    });
  }
}

/** Locks and reads, always in this order, so that no two batches can deadlock. */
async function read(
  tx: PipelinedTransaction,
  commands: readonly SubmitCommand[],
  lockWait: LockWait,
): Promise<SubmitFacts> {
  const tickets = ticketsOf(commands);
  const scopes = commands.flatMap((command) => scopeOf(command) ?? []);
  const [gates, heads, facts, keys, [clock], claimed = []] = await tx.all([
    lockedGates(tickets, lockWait),
    lockedHeads(tickets, lockWait),
    submissionFacts(tickets),
    currentKeyHeld,
    batchTime(lockWait),
    ...(scopes.length > 0 ? ([remembered(scopes)] as const) : ([] as const)),
  ]);
  const { at } = clock as { at: Date };
  const known = new Map(facts.map((ticket) => [ticket.ticketId, ticket]));
  return {
    mark: gates[0]?.mark,
    gates: new Map(gates.map((gate) => [gate.ticketId, gate])),
    chains: chainsOf(tickets, heads, at, (id) => known.get(id)?.isLogged === false),
    tickets: known,
    remembered: claimed,
    kekId: await holdCurrentKey(async () => (await tx.all([currentKeyHeld]))[0], keys),
    at,
  };
}

/** The gate first, since the credentials are bound to its phase. */
function writesOf(decisions: SubmitDecisions, at: Date): Statement[] {
  const { gates, chains, stored, events, claims, renewed, fulfilled } = decisions;
  return [
    advancingGates(gates),
    ...growing(chains.values()),
    ...(renewed.length > 0 ? [forgetting(renewed)] : []),
    ...(claims.length > 0 ? [claiming(claims)] : []),
    storing(stored),
    ...(fulfilled.length > 0 ? [fulfilling(fulfilled, at)] : []),
    appending(exchanges.credential, events),
  ];
}
