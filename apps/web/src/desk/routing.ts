import { type TicketStatus, ticketStatuses } from '../api/ticket-status.js';
import { base } from './base.js';

/**
 * Where in the page somebody is. The gateway answers the same paths with the page
 * (apps/gateway/src/page/routes.ts).
 */
export type Route =
  | { readonly view: 'list'; readonly filter: ListFilter }
  | { readonly view: 'new' }
  | { readonly view: 'ticket'; readonly ticketId: string; readonly tab: Tab }
  | { readonly view: 'signed-in' }
  | { readonly view: 'nowhere' };

export type Tab = 'conversation' | 'credentials';

export interface ListFilter {
  readonly assignee: 'me' | 'none' | undefined;
  readonly status: TicketStatus | undefined;
}

export const homePath = base;
export const newTicketPath = `${base}new`;
/** Where the issuer sends people back to. */
export const signedInPath = `${base}signed-in`;
export const signedInUrl = (): string => location.origin + signedInPath;

export function routeOf({ pathname, searchParams }: URL): Route {
  // The slash at the end of the path that the page is below may be missing.
  if (pathname === homePath || `${pathname}/` === homePath)
    return { view: 'list', filter: filterOf(searchParams) };
  if (pathname === newTicketPath) return { view: 'new' };
  if (pathname === signedInPath) return { view: 'signed-in' };
  const within = pathname.startsWith(base) ? pathname.slice(base.length) : '';
  const ticketId = /^tickets\/([^/]+)$/.exec(within)?.[1];
  if (ticketId === undefined) return { view: 'nowhere' };
  return {
    view: 'ticket',
    ticketId: decoded(ticketId),
    tab: searchParams.get('view') === 'credentials' ? 'credentials' : 'conversation',
  };
}

function filterOf(query: URLSearchParams): ListFilter {
  const assignee = query.get('assignee');
  return {
    assignee: assignee === 'me' || assignee === 'none' ? assignee : undefined,
    status: ticketStatuses.find((status) => status === query.get('status')),
  };
}

/** What cannot be decoded is no id that anything has. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function listPath({ assignee, status }: ListFilter): string {
  const query = new URLSearchParams({
    ...(assignee && { assignee }),
    ...(status && { status }),
  }).toString();
  return query === '' ? homePath : `${homePath}?${query}`;
}

export const ticketPath = (ticketId: string, tab: Tab = 'conversation'): string => {
  const query = tab === 'credentials' ? '?view=credentials' : '';
  return `${base}tickets/${encodeURIComponent(ticketId)}${query}`;
};

/** Told after every change of place; whoever shows places listens. */
const navigated = 'desk-moved';

/**
 * Goes to another place of the page.
 * @param how `replace` leaves no way back to this one
 */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path);
  window.dispatchEvent(new Event(navigated));
}

/**
 * Calls back whenever the place changes, by a link, the back button, or {@link navigate}.
 * @returns ends it
 */
export function onNavigation(callback: () => void): () => void {
  const follow = (event: MouseEvent): void => {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    const path = link && pathInPage(link);
    if (
      path === undefined ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    navigate(path);
  };
  document.addEventListener('click', follow);
  for (const type of ['popstate', navigated]) window.addEventListener(type, callback);
  return () => {
    document.removeEventListener('click', follow);
    for (const type of ['popstate', navigated]) window.removeEventListener(type, callback);
  };
}

/** The path of a link that stays in the page. */
function pathInPage(link: HTMLAnchorElement): string | undefined {
  const url = new URL(link.href, location.href);
  const stays =
    url.origin === location.origin &&
    link.target === '' &&
    !link.hasAttribute('download') &&
    routeOf(url).view !== 'nowhere';
  return stays && url.hash === '' ? url.pathname + url.search : undefined;
}
