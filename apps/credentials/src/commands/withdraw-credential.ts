import { ticketIdPattern, uuidPattern } from '#contracts';
import { type Sql, type UnitOfWork } from '#postgres';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { mayWithdraw } from '../domain/who-may-withdraw.js';
import { readSealed } from '../persistence/credentials.js';
import { lockGate } from '../persistence/gates.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { destroy } from './destroy.js';

const action = 'credential.delete';

interface WithdrawCredentialInput {
  readonly caller: Caller;
  readonly ticketId: string;
  readonly credentialId: string;
}

/** Who submitted a credential takes it back; `tickets` is not asked. */
export class WithdrawCredential {
  constructor(
    private readonly sql: Sql,
    private readonly unitOfWork: UnitOfWork,
    private readonly restores: RestoreWatch,
    private readonly attempts: AttemptLog,
  ) {}

  /**
   * @returns false where they submitted no such credential, or it is destroyed
   *   already: then nothing was done
   * @throws Problem `standing-unknown` while the database is in doubt
   */
  async execute({ caller, ticketId, credentialId }: WithdrawCredentialInput): Promise<boolean> {
    if (!ticketIdPattern.test(ticketId) || !uuidPattern.test(credentialId)) return false;
    await this.restores.requireUndoubted();
    if (!(await isTheirs(this.sql, caller, ticketId, credentialId))) return false;
    return this.attempts.make({ caller, action, ticketId, credentialId }, () =>
      this.unitOfWork.run((tx) => this.withdraw(tx, caller, ticketId, credentialId)),
    );
  }

  private async withdraw(
    tx: Sql,
    caller: Caller,
    ticketId: string,
    credentialId: string,
  ): Promise<boolean> {
    const { phase } = await this.restores.readChecked(() => requireGate(tx, ticketId));
    if (!(await isTheirs(tx, caller, ticketId, credentialId))) return false;
    const [triggerId, actor] = [caller.requestId, doneBy(caller, action)];
    await destroy(tx, {
      ticketId,
      credentials: { ids: [credentialId] },
      phase,
      reason: 'withdrawn',
      triggerId,
      actor,
    });
    return true;
  }
}

async function isTheirs(
  sql: Sql,
  { actor }: Caller,
  ticketId: string,
  credentialId: string,
): Promise<boolean> {
  const stored = await readSealed(sql, ticketId, credentialId);
  return stored !== undefined && mayWithdraw(actor, stored);
}

async function requireGate(tx: Sql, ticketId: string) {
  const gate = await lockGate(tx, ticketId);
  if (gate === undefined)
    throw new Error('a credential without a gate, which the database refuses');
  return gate;
}
