import { credentialActionEvent, type CredentialSummaryResponse, exchanges } from '#contracts';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog } from '../../audit/access-log.js';
import { type AttemptLog } from '../../audit/attempts.js';
import { type Caller, entryOf } from '../../audit/caller.js';
import { type SecretText } from '../../custody/secret-text.js';
import { type Vault } from '../../custody/vault.js';
import { readSealed, replaceNote } from '../../persistence/credentials.js';
import { listSummaries } from '../../persistence/summaries.js';
import { type LeasedStanding } from '../../standing/standing-cache.js';
import { type LiveTicket } from '../live-ticket.js';

export interface Edit {
  readonly credentialId: string;
  readonly note: SecretText | null;
  /** Does the If-Match header name this version of the note? */
  readonly matches: (noteVersion: number) => boolean;
}

/** Replaces the additional information, the one field that agents may edit. */
export class EditNote {
  constructor(
    private readonly live: LiveTicket,
    private readonly attempts: AttemptLog,
    private readonly vault: Vault,
  ) {}

  execute(caller: Caller, answer: LeasedStanding, edit: Edit): Promise<CredentialSummaryResponse> {
    const [{ ticketId }, { credentialId }] = [answer, edit];
    return this.attempts.make({ caller, action: 'credential.edit', ticketId, credentialId }, () =>
      this.live.run({ caller, action: 'credential.edit', answer }, (tx) =>
        this.edit(tx, caller, ticketId, edit),
      ),
    );
  }

  private async edit(
    tx: Sql,
    caller: Caller,
    ticketId: string,
    { credentialId, note, matches }: Edit,
  ): Promise<CredentialSummaryResponse> {
    const { at } = await appendToAccessLog(tx, ticketId, [
      { ...entryOf(caller, 'credential.edit'), credentialId },
    ]);
    const stored = await readSealed(tx, ticketId, credentialId);
    if (stored === undefined) throw new Problem('not-found');
    const resealed = this.vault.resealNote(await this.vault.hold(stored), note);
    if (
      !matches(stored.noteVersion) ||
      !(await replaceNote(tx, ticketId, credentialId, stored.noteVersion, resealed))
    )
      throw new Problem('stale');
    await append(tx, exchanges.credential, [
      credentialActionEvent(
        'credential.edited',
        { ticketId, credentialId, actorId: caller.actor.id },
        at,
      ),
    ]);
    const [summary] = await listSummaries(tx, ticketId, { id: credentialId });
    if (summary === undefined) throw new Problem('not-found');
    return summary;
  }
}
