import { LitElement } from 'lit';

/** A Lit property without an attribute. */
export const prop = { attribute: false } as const;

/**
 * A part of the page. Unlike the embedded element it has no shadow tree: all parts share
 * one style sheet and one set of ids.
 */
export class DeskElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}
