import { type ApiProblem } from '../../api/problem.js';
import { type ElementTexts } from '../../texts/en/element.js';
import { type PrivateCredentialsEvents } from '../public-types.js';
import { type ClearingClipboard } from './clipboard.js';
import { type Format } from '../../texts/format.js';
import { type WindowFocus } from './window-focus.js';
import { type Reveal } from './reveal.js';
import { type TicketApi } from './ticket-api.js';
import { type TicketWatch } from './ticket-watch.js';

/** Shared by the parts of the element. */
export interface Context {
  readonly api: TicketApi;
  readonly watch: TicketWatch;
  readonly reveal: Reveal;
  readonly clipboard: ClearingClipboard;
  readonly windowFocus: WindowFocus;
  readonly texts: ElementTexts;
  readonly format: Format;
  /** Seconds until a reveal is hidden, and until a copy is cleared. */
  readonly seconds: { readonly reveal: number; readonly clipboard: number };
  /** The id of the person whom the token names. */
  readonly me: () => Promise<string | undefined>;
  /** By the live region, for screen readers. */
  readonly announce: (text: string) => void;
  /** Dispatches an event to the host page. */
  readonly emit: <Name extends keyof PrivateCredentialsEvents>(
    name: Name,
    detail: PrivateCredentialsEvents[Name],
  ) => void;
}

/** The name to show for a person. */
export function personOf(texts: ElementTexts, id: string | null, name: string | undefined): string {
  return name ?? id ?? texts.somebody;
}

/** In the page's language if the code is a known one, else as the server says it. */
export function problemText(texts: ElementTexts, { code, detail }: ApiProblem): string {
  return texts.problems[code] ?? detail;
}
