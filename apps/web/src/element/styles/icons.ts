import { html, svg, type TemplateResult } from 'lit';

const icon = (shape: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shape}</svg>`;

/** Line icons on a grid of 20, in the colour of the text beside them. */
export const icons = {
  plus: icon(svg`<path d="M10 4.5v11M4.5 10h11" />`),
  lock: icon(
    svg`<rect x="4.5" y="9" width="11" height="7.5" rx="2" /><path d="M7 9V6.5a3 3 0 0 1 6 0V9" />`,
  ),
  copy: icon(
    svg`<rect x="7.5" y="7.5" width="8.5" height="8.5" rx="2" />
      <path d="M12.5 4.8A1.8 1.8 0 0 0 10.8 4H6a2 2 0 0 0-2 2v4.8c0 .8.4 1.4 1 1.7" />`,
  ),
  check: icon(svg`<path d="m5 10.5 3.4 3.4L15 6.8" />`),
  eye: icon(
    svg`<path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5Z" />
      <circle cx="10" cy="10" r="2.2" />`,
  ),
  eyeOff: icon(
    svg`<path
      d="M4 4l12 12M8 5.300A7.6 7.6 0 0 1 10 5c5 0 7.5 5 7.5 5a13 13 0 0 1-2 2.700
        M12.8 14.400A7.4 7.4 0 0 1 10 15c-5 0-7.5-5-7.5-5a13 13 0 0 1 3-3.5" />`,
  ),
  external: icon(
    svg`<path
      d="M11 4.500h4.500V9M15 5l-6 6
        M8 5.500H6a1.5 1.5 0 0 0-1.5 1.500v7A1.5 1.5 0 0 0 6 15.500h7
        a1.5 1.5 0 0 0 1.5-1.500v-2" />`,
  ),
  close: icon(svg`<path d="m5.5 5.5 9 9m0-9-9 9" />`),
  shield: icon(
    svg`<path d="M10 3 4.5 5v4.500c0 3.6 2.3 6.2 5.5 7.5 3.2-1.3 5.5-3.9 5.5-7.500V5L10 3Z" />`,
  ),
  bell: icon(svg`<path d="M5.5 13.500V9a4.5 4.5 0 0 1 9 0v4.500l1 1h-11l1-1ZM8.5 16.500h3" />`),
};
