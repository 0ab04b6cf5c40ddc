import { html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { evidence } from '../evidence/evidence.js';
import css from '../styles/agent-view.css?inline';
import { connectionNote, doubtNote, endedNote } from '../notes.js';
import { baseStyles, define, ElementPart } from '../element-part.js';
import { personOf } from '../session/context.js';
import { type Observable } from '../session/observable.js';
import { isFormer } from '../session/snapshot.js';
import { CredentialCard } from './credential-card.js';
import { NoteEditor } from './note-editor.js';
import { RequestPanel } from './request-panel.js';
import { RevealPanel } from './reveal-panel.js';
import { TakePanel } from './take-panel.js';

/**
 * The agent's tab: the credentials of the ticket while it is live and assigned to them.
 */
export class AgentView extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];

  protected override sources(): readonly Observable[] {
    return [this.context.watch, this.context.reveal];
  }

  protected override render() {
    const { watch } = this.context;
    return html`<div class="stack">
      ${connectionNote(this.context, () => void watch.refresh())} ${this.goneNote()} ${this.main()}
      ${evidence(this.context)}
    </div>`;
  }

  private main(): TemplateResult | typeof nothing {
    const { context } = this;
    const { ticket, ended, granted, problem } = context.watch;
    if (ticket === undefined)
      return problem === undefined && !isFormer(context.watch)
        ? html`<p class="soft" role="status">${context.texts.loading}</p>`
        : nothing;
    if (ended) return endedNote(context);
    if (ticket.doubted) return doubtNote(context);
    if (granted === false) return html`<pc-take-panel .context=${context}></pc-take-panel>`;
    return html`<pc-reveal-panel .context=${context}></pc-reveal-panel
      ><pc-request-panel .context=${context}></pc-request-panel>`;
  }

  /** Explains why revealed credentials have just disappeared from the screen. */
  private goneNote() {
    const { texts, reveal, watch } = this.context;
    const isExplained =
      reveal.wipeReason === 'time' || (reveal.wipeReason === 'lost' && watch.granted === false);
    if (!isExplained || watch.ended) return nothing;
    const { assigneeId = null, assigneeName } = watch.ticket ?? {};
    const lost =
      assigneeId === null
        ? texts.agent.unassignedNow
        : texts.agent.tookOver(personOf(texts, assigneeId, assigneeName));
    const text = reveal.wipeReason === 'time' ? texts.agent.timeUp : lost;
    return html`<p class="note warning" role="alert">${text}</p>`;
  }
}

define('pc-credential-card', CredentialCard);
define('pc-note-editor', NoteEditor);
define('pc-request-panel', RequestPanel);
define('pc-reveal-panel', RevealPanel);
define('pc-take-panel', TakePanel);
