import { html, svg, type TemplateResult } from 'lit';

const icon = (shape: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

/** Line icons on a grid of 24, in the colour of the text beside them. */
export const icons = {
  brand: icon(
    svg`<path
        d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z" />
      <rect x="9" y="10" width="6" height="4" rx="1" />
      <path d="M10.2 10V8.800a1.800 1.800 0 0 1 3.600 0V10" />`,
  ),
  plus: icon(svg`<path d="M12 5v14M5 12h14" />`),
  back: icon(svg`<path d="m14 6-6 6 6 6" />`),
  inbox: icon(
    svg`<path
      d="M4 13 6.500 5h11L20 13v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-5Zm0 0h5a3 3 0 0 0 6 0h5" />`,
  ),
  warning: icon(svg`<path d="M12 4 3 19.500h18L12 4Zm0 6v4.500m0 2.500v.1" />`),
};
