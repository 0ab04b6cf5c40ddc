import { type ApiProblem } from '../../api/problem.js';
import { type ElementTexts } from '../../texts/en/element.js';
import { type PrivateCredentialsEvents } from '../public-types.js';
import { type ClearingClipboard } from './clipboard.js';
import { type Format } from '../../texts/format.js';
import { type Front } from './front.js';
import { type Reveal } from './reveal.js';
import { type TicketApi } from './ticket-api.js';
import { type TicketWatch } from './ticket-watch.js';

/** What the parts of the element share. */
export interface Context {
  readonly api: TicketApi;
  readonly watch: TicketWatch;
  readonly reveal: Reveal;
  readonly clipboard: ClearingClipboard;
  readonly front: Front;
  readonly texts: ElementTexts;
  readonly format: Format;
  /** Seconds until a reveal is hidden, and until a copy is cleared. */
  readonly seconds: { readonly reveal: number; readonly clipboard: number };
  /** The id of whom the token speaks for. */
  readonly me: () => Promise<string | undefined>;
  /** Says it to who cannot see the screen. */
  readonly announce: (text: string) => void;
  /** Tells the host page. */
  readonly tell: <Name extends keyof PrivateCredentialsEvents>(
    name: Name,
    detail: PrivateCredentialsEvents[Name],
  ) => void;
}

/** A person as the page calls them. */
export function personOf(texts: ElementTexts, id: string | null, name: string | undefined): string {
  return name ?? id ?? texts.somebody;
}

/** What to say of a problem, in the language of the page where it is a known one. */
export function problemText(texts: ElementTexts, { code, detail }: ApiProblem): string {
  return texts.problems[code] ?? detail;
}
