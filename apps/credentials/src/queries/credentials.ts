import { inBatches } from '#backing-services';
import { type CredentialSummaryResponse, isEndedPhase, type Standing } from '#contracts';
import { decodeCursor, type Page, readLimit, toPage } from '#paging';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { type PageParameters } from '#requests';
import { listSummaries, type WantedSummaries } from '../persistence/summaries.js';
import { type Caller } from '../audit/caller.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { type LeasedStanding } from '../standing/standing-cache.js';

/**
 * Summaries of a ticket's credentials, never a secret. Who may not list them sees
 * those that they submitted themselves. After the end there is nothing, whether or
 * not the destruction has run.
 */
export class Credentials {
  private readonly summaries;

  constructor(
    sql: Sql,
    private readonly access: AccessByStanding,
  ) {
    this.summaries = inBatches((wanted: readonly WantedSummaries[]) => listSummaries(sql, wanted));
  }

  /**
   * By number, from the first on; without a limit all of them, since a ticket holds few.
   */
  async list(
    caller: Caller,
    standing: Standing,
    { limit, cursor }: PageParameters,
  ): Promise<Page<CredentialSummaryResponse>> {
    const most = limit === undefined ? Number.POSITIVE_INFINITY : readLimit(limit);
    const after = decodeCursor(cursor, ['integer'])?.[0] ?? 0;
    const found = await this.visible(caller, standing);
    return toPage(
      found.filter(({ number }) => number > after),
      most,
      ({ number }) => [number],
      (summary) => summary,
    );
  }

  /** @throws Problem `not-found` */
  async get(caller: Caller, standing: Standing, id: string): Promise<CredentialSummaryResponse> {
    const [summary] = await this.visible(caller, standing, id);
    if (summary === undefined) throw new Problem('not-found');
    return summary;
  }

  /**
   * For calls that answer 409 after the end, which comes after 422, and 404 for what was
   * never there, which comes before it. A missing credential may be missing because the
   * ticket has ended, which a cached standing does not show.
   * @returns the standing to continue with
   */
  async requireStored(
    caller: Caller,
    standing: LeasedStanding,
    id: string,
  ): Promise<LeasedStanding> {
    if (isEndedPhase(standing.phase) || (await this.visible(caller, standing, id)).length > 0)
      return standing;
    const truth = await this.access.truth(standing.ticketId);
    if (!isEndedPhase(truth.phase)) await this.get(caller, truth, id);
    return truth;
  }

  private async visible(
    caller: Caller,
    standing: Standing,
    id?: string,
  ): Promise<CredentialSummaryResponse[]> {
    const { ticketId, phase } = standing;
    if (isEndedPhase(phase)) return [];
    return this.summaries.add({
      ticketId,
      id,
      phase,
      submittedBy: this.access.seesOnlyOf(caller, standing),
    });
  }
}
