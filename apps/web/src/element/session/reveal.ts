import { type RevealedCredential } from '../../api/client.js';
import { type ApiProblem } from '../../api/problem.js';
import { Observed } from './observed.js';

/** Why what was revealed is gone from the screen. */
export type Gone = 'ended' | 'lost' | 'time' | 'hidden';

/** Notes that are being written, and the version that their writer has read. */
export interface NoteDraft {
  readonly text: string;
  readonly version: number;
}

/**
 * What was revealed, for as long as it may be seen. The one place of the page that holds
 * a plaintext; nothing of it is stored.
 */
export class Reveal extends Observed {
  items: readonly RevealedCredential[] | undefined;
  /** Why there is nothing any more. */
  gone: Gone | undefined;
  /** By hand, for a shared screen. */
  masked = false;
  /**
   * Why the last attempt showed nothing; known here, since the
   * panel that made it may be gone.
   */
  problem: ApiProblem | undefined;
  /** Kept for what is revealed again, such as a note that somebody changed. */
  reason: string | null = null;
  /**
   * By credential. They outlive a reveal that was hidden, so that nothing typed is
   * lost, but not the access to it.
   */
  readonly drafts = new Map<string, NoteDraft>();
  /** Grows with each wipe: what was asked for before one is not shown after it. */
  wipes = 0;
  private readonly destroyed = new Set<string>();
  private until = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** In ms. */
  get remaining(): number {
    return Math.max(0, this.until - Date.now());
  }

  fail(problem: ApiProblem): void {
    this.problem = problem;
    this.changed();
  }

  /** All but what was destroyed meanwhile. @param seconds until it is hidden by itself */
  show(items: readonly RevealedCredential[], seconds: number): void {
    this.gone = undefined;
    this.items = items.filter(({ id }) => !this.destroyed.has(id));
    this.until = Date.now() + seconds * 1000;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.wipe('time');
    }, seconds * 1000);
    this.changed();
  }

  /** One of them anew; the others, and the time, stay. */
  replace(item: RevealedCredential): void {
    this.items = this.items?.map((old) => (old.id === item.id ? item : old));
    this.changed();
  }

  remove(credentialIds: readonly string[]): void {
    for (const id of credentialIds) {
      this.destroyed.add(id);
      this.drafts.delete(id);
    }
    if (this.items === undefined || credentialIds.length === 0) return;
    this.items = this.items.filter(({ id }) => !credentialIds.includes(id));
    this.changed();
  }

  draft(credentialId: string, draft: NoteDraft | undefined): void {
    if (draft === undefined) this.drafts.delete(credentialId);
    else this.drafts.set(credentialId, draft);
    this.changed();
  }

  /**
   * The notes of `item` were stored as `sent`; what was typed since then stays, as a
   * change of what was stored.
   */
  saved(item: RevealedCredential, sent: string): void {
    const typed = this.drafts.get(item.id)?.text ?? sent;
    if (typed === sent) this.drafts.delete(item.id);
    else this.drafts.set(item.id, { text: typed, version: item.noteVersion });
    this.replace(item);
  }

  toggleMask(): void {
    this.masked = !this.masked;
    this.changed();
  }

  wipe(why: Gone): void {
    clearTimeout(this.timer);
    this.wipes += 1;
    if (why === 'ended' || why === 'lost') {
      this.drafts.clear();
      this.problem = undefined;
    }
    // Where everything was destroyed before, there is nothing to tell of the time.
    if (this.items === undefined || (why === 'time' && this.items.length === 0)) return;
    this.items = undefined;
    this.gone = why;
    this.changed();
  }
}
