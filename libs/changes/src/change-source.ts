import { type Changes, parseChanges } from '#contracts';
import { askJson, type Question, type Upstream } from '#upstream';

/** Whoever tells what has changed. */
export interface ChangeSource {
  /**
   * @param after the cursor of the last answer; undefined for none
   * @throws if it cannot be asked
   */
  changes(after: string | undefined): Promise<Changes>;
}

/**
 * Asks `tickets`, by a body: with many writers the cursor is longer
 * than a request line may be.
 * @throws Problem `unavailable`
 */
export const askForChanges = (
  upstream: Upstream,
  tokens: Question<Changes>['tokens'],
  after: string | undefined,
): Promise<Changes> =>
  askJson(upstream, {
    method: 'POST',
    path: '/internal/changes',
    body: { after },
    tokens,
    parse: parseChanges,
  });
