import { type RevealedCredential } from '../../api/client.js';
import { type ApiProblem } from '../../api/problem.js';
import { Observable } from './observable.js';

/** Why a reveal was removed from the screen. */
export type WipeReason = 'ended' | 'lost' | 'time' | 'hidden';

/** An unsaved edit of notes, and the version that it is based on. */
export interface NoteDraft {
  readonly text: string;
  readonly version: number;
}

/**
 * The revealed credentials, for as long as they may be seen. The one place in the page
 * that holds a plaintext, and in memory only.
 */
export class Reveal extends Observable {
  items: readonly RevealedCredential[] | undefined;
  wipeReason: WipeReason | undefined;
  /** By hand, for a shared screen. */
  masked = false;
  /** Why the last attempt failed: kept here, since its panel may be gone. */
  problem: ApiProblem | undefined;
  /** For revealing one again, such as after another agent changed its notes. */
  reason: string | null = null;
  /**
   * By credential. They outlive a reveal that is hidden, so that no typed text is lost,
   * but not the access to it.
   */
  readonly drafts = new Map<string, NoteDraft>();
  /** Grows with each wipe: an answer to a request before it is not shown after it. */
  wipes = 0;
  private readonly destroyed = new Set<string>();
  private until = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Until it is hidden, in ms. */
  get remaining(): number {
    return Math.max(0, this.until - Date.now());
  }

  fail(problem: ApiProblem): void {
    this.problem = problem;
    this.notify();
  }

  /** Shows all but those destroyed meanwhile. @param seconds until they are hidden */
  show(items: readonly RevealedCredential[], seconds: number): void {
    this.wipeReason = undefined;
    this.items = items.filter(({ id }) => !this.destroyed.has(id));
    this.until = Date.now() + seconds * 1000;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.wipe('time');
    }, seconds * 1000);
    this.notify();
  }

  /** The others, and the time, stay. */
  replace(item: RevealedCredential): void {
    this.items = this.items?.map((old) => (old.id === item.id ? item : old));
    this.notify();
  }

  remove(credentialIds: readonly string[]): void {
    for (const id of credentialIds) {
      this.destroyed.add(id);
      this.drafts.delete(id);
    }
    if (this.items === undefined || credentialIds.length === 0) return;
    this.items = this.items.filter(({ id }) => !credentialIds.includes(id));
    this.notify();
  }

  setDraft(credentialId: string, draft: NoteDraft | undefined): void {
    if (draft === undefined) this.drafts.delete(credentialId);
    else this.drafts.set(credentialId, draft);
    this.notify();
  }

  /**
   * The notes of `item` were stored as `sent`. Text typed since then stays, as a draft
   * based on what was stored.
   */
  noteSaved(item: RevealedCredential, sent: string): void {
    const typed = this.drafts.get(item.id)?.text ?? sent;
    if (typed === sent) this.drafts.delete(item.id);
    else this.drafts.set(item.id, { text: typed, version: item.noteVersion });
    this.replace(item);
  }

  toggleMask(): void {
    this.masked = !this.masked;
    this.notify();
  }

  wipe(why: WipeReason): void {
    clearTimeout(this.timer);
    this.wipes += 1;
    if (why === 'ended' || why === 'lost') {
      this.drafts.clear();
      this.problem = undefined;
    }
    // With every credential destroyed there is no reveal whose time could be up.
    if (this.items === undefined || (why === 'time' && this.items.length === 0)) return;
    this.items = undefined;
    this.wipeReason = why;
    this.notify();
  }
}
