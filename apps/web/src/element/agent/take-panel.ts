import { html, nothing, unsafeCSS } from 'lit';
import { ApiProblem } from '../../api/problem.js';
import { Action } from '../action.js';
import { icons } from '../styles/icons.js';
import css from '../styles/agent-view.css?inline';
import { outcomeNote } from '../notes.js';
import { baseStyles, ElementPart } from '../element-part.js';
import { personOf } from '../session/context.js';
import { revealAll } from './reveal-all.js';

/**
 * For an agent to whom the ticket is not assigned: one click assigns it to them and
 * reveals its credentials.
 */
export class TakePanel extends ElementPart {
  static override styles = [baseStyles, unsafeCSS(css)];
  private readonly taking: Action = new Action(this);

  protected override render() {
    const { texts, watch } = this.context;
    const { assigneeId = null, assigneeName } = watch.ticket ?? {};
    const name = personOf(texts, assigneeId, assigneeName);
    return html`<div class="card hero">
      <span class="emblem">${icons.lock}</span>
      <h2>${assigneeId === null ? texts.agent.unassigned : texts.agent.assigned(name)}</h2>
      <p class="soft">
        ${texts.agent.takeNote}
        ${assigneeId === null ? texts.agent.takeLogged : texts.agent.takeTold(name)}
      </p>
      <button class="primary" aria-disabled=${String(this.taking.busy)} @click=${this.onTake}>
        ${this.taking.busy ? texts.agent.taking : texts.agent.take}
      </button>
      ${this.taking.busy || this.taking.problem ? outcomeNote(this.context, this.taking) : nothing}
    </div>`;
  }

  private readonly onTake = (): void => {
    void this.taking.run(() => this.take()).finally(() => void this.context.watch.refresh());
  };

  private async take(): Promise<void> {
    const { api, watch, me, emit } = this.context;
    const id = await me();
    if (id === undefined || watch.ticket === undefined)
      throw new ApiProblem('unauthenticated', 401, '', undefined);
    await api.takeTicket(id, watch.ticket.version);
    emit('pc-taken', { ticketId: api.ticketId });
    await watch.refresh();
    // The next panel explains an empty ticket, a missing reason, or a failed reveal.
    if (watch.credentials.length > 0) await revealAll(this.context);
  }
}
