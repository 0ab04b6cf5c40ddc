import { type CSSResultGroup, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import { type Context } from './session/context.js';
import { type Observed } from './session/observed.js';
import base from './look/base.css?inline';

/** The look of controls, for every part. */
export const baseStyles: CSSResultGroup = unsafeCSS(base);

/**
 * A part of the element: it shows what the context holds, and again when that changed.
 */
export abstract class Part extends LitElement {
  static override styles = baseStyles;
  static override properties: Record<string, object> = { context: { attribute: false } };
  declare context: Context;
  private observed: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved within the page.
    if (this.hasUpdated) this.observeAgain();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.observed) end();
    this.observed = [];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('context')) this.observeAgain();
  }

  /** What this part shows. */
  protected sources(): readonly Observed[] {
    return [this.context.watch];
  }

  /** The source changed: a chance to act on it before it is shown. */
  protected onNews(): void {
    this.requestUpdate();
  }

  private observeAgain(): void {
    for (const end of this.observed) end();
    this.observed = this.sources().map((source) =>
      source.observe(() => {
        this.onNews();
      }),
    );
  }
}

/** Registers a part, once, however often the module is loaded. */
export function define(name: string, part: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, part);
}
