import { Problem } from '#problem';
import { appendToAccessLog } from '../persistence/access-log.js';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { deleteRequest } from '../persistence/requests.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { type WhileLive } from './while-live.js';

const action = 'request.delete';

interface WithdrawRequestInput {
  readonly caller: Caller;
  /** The standing that permits it. */
  readonly answer: LeasedStanding;
  readonly requestId: string;
}

/** Takes a request for credentials back. */
export class WithdrawRequest {
  constructor(
    private readonly live: WhileLive,
    private readonly attempts: AttemptLog,
  ) {}

  /** @throws Problem `not-found` */
  async execute({ caller, answer, requestId }: WithdrawRequestInput): Promise<void> {
    const { ticketId } = answer;
    await this.attempts.make({ caller, action, ticketId, credentialId: null }, () =>
      this.live.run({ caller, action, answer }, async (tx) => {
        await appendToAccessLog(tx, ticketId, [doneBy(caller, action)]);
        if (!(await deleteRequest(tx, ticketId, requestId))) throw new Problem('not-found');
      }),
    );
  }
}
