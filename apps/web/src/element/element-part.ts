import { type CSSResultGroup, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import { type Context } from './session/context.js';
import { type Observed } from './session/observed.js';
import base from './look/base.css?inline';

/** The look of controls, for every part. */
export const baseStyles: CSSResultGroup = unsafeCSS(base);

/**
 * A part of the element: it shows what the context holds, and again when that changed.
 */
export abstract class ElementPart extends LitElement {
  static override styles = baseStyles;
  static override properties: Record<string, object> = { context: { attribute: false } };
  declare context: Context;
  private subscriptions: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved within the page.
    if (this.hasUpdated) this.resubscribe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.subscriptions) end();
    this.subscriptions = [];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('context')) this.resubscribe();
  }

  /** What this part shows. */
  protected sources(): readonly Observed[] {
    return [this.context.watch];
  }

  /** The source changed: a chance to act on it before it is shown. */
  protected onChange(): void {
    this.requestUpdate();
  }

  private resubscribe(): void {
    for (const end of this.subscriptions) end();
    this.subscriptions = this.sources().map((source) =>
      source.observe(() => {
        this.onChange();
      }),
    );
  }
}

/** Registers a part, once, however often the module is loaded. */
export function define(name: string, part: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, part);
}
