import { LitElement } from 'lit';

/** A property that is handed over by whoever shows the element, and is no attribute. */
export const prop = { attribute: false } as const;

/**
 * Part of the page. The page is all ours, so its parts share one style sheet and one set
 * of ids instead of a shadow tree each.
 */
export class DeskElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}
