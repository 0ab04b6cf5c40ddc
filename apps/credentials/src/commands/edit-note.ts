import { credentialActionEvent, type CredentialSummaryResponse, exchanges } from '#contracts';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog } from '../persistence/access-log.js';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { type SecretText } from '../custody/secret-text.js';
import { type Vault } from '../custody/vault.js';
import { readSealed, replaceNote } from '../persistence/credentials.js';
import { listSummaries } from '../persistence/summaries.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { type WhileLive } from './while-live.js';

const action = 'credential.edit';

interface EditNoteInput {
  readonly caller: Caller;
  /** The standing that permits it. */
  readonly answer: LeasedStanding;
  readonly credentialId: string;
  readonly note: SecretText | null;
  /** Does the If-Match header name this version of the note? */
  readonly matches: (noteVersion: number) => boolean;
}

/** Replaces the additional information, the one field that agents may edit. */
export class EditNote {
  constructor(
    private readonly live: WhileLive,
    private readonly attempts: AttemptLog,
    private readonly vault: Vault,
  ) {}

  /** @throws Problem `not-found`, `stale`, and what {@link WhileLive} does */
  execute(input: EditNoteInput): Promise<CredentialSummaryResponse> {
    const { caller, answer, credentialId } = input;
    return this.attempts.make({ caller, action, ticketId: answer.ticketId, credentialId }, () =>
      this.live.run({ caller, action, answer }, (tx) => this.edit(tx, input)),
    );
  }

  private async edit(
    tx: Sql,
    { caller, answer: { ticketId }, credentialId, note, matches }: EditNoteInput,
  ): Promise<CredentialSummaryResponse> {
    const { at } = await appendToAccessLog(tx, ticketId, [
      { ...doneBy(caller, action), credentialId },
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
    const [[summary] = []] = await listSummaries(tx, [{ ticketId, id: credentialId }]);
    if (summary === undefined) throw new Problem('not-found');
    return summary;
  }
}
