import { type CSSResultGroup, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import { type Context } from './session/context.js';
import { type Observable } from './session/observable.js';
import base from './styles/base.css?inline';

/** Shared styles of every part. */
export const baseStyles: CSSResultGroup = unsafeCSS(base);

/** A part of the element: renders the shared context, again after each change. */
export abstract class ElementPart extends LitElement {
  static override styles = baseStyles;
  static override properties: Record<string, object> = { context: { attribute: false } };
  declare context: Context;
  private subscriptions: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    // It was moved within the page.
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

  /** A change of any of these renders the part again. */
  protected sources(): readonly Observable[] {
    return [this.context.watch];
  }

  /** A source changed; a part may act on it before it renders. */
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

/** Registers a custom element unless a second copy of the module already has. */
export function define(name: string, part: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, part);
}
