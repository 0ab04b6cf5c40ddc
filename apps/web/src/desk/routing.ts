import { type TicketStatus, ticketStatuses } from '../api/ticket-status.js';

/**
 * The path that the page is served below, with a slash at its end. Scripts are in
 * assets/.
 */
export const basePath = new URL(/* @vite-ignore */ '..', import.meta.url).pathname;

/**
 * A view of the page. The gateway serves the same paths
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

export const homePath = basePath;
export const newTicketPath = `${basePath}new`;
/** The redirect URI for the issuer. */
export const signedInPath = `${basePath}signed-in`;
export const signedInUrl = (): string => location.origin + signedInPath;

export function routeOf({ pathname, searchParams }: URL): Route {
  // The slash at the end of the base path may be missing.
  if (pathname === homePath || `${pathname}/` === homePath)
    return { view: 'list', filter: filterOf(searchParams) };
  if (pathname === newTicketPath) return { view: 'new' };
  if (pathname === signedInPath) return { view: 'signed-in' };
  const within = pathname.startsWith(basePath) ? pathname.slice(basePath.length) : '';
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

/** A malformed escape is kept; no ticket has such an id. */
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
  return `${basePath}tickets/${encodeURIComponent(ticketId)}${query}`;
};

/** Dispatched on the window after `navigate`. */
const navigated = 'desk-moved';

/** @param how `replace` removes the current route from the history */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path);
  window.dispatchEvent(new Event(navigated));
}

/**
 * Calls back when the route changes: by a link, the back button, or {@link navigate}.
 * @returns a function that stops it
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

/** The path of a link, if it is a route of this page. */
function pathInPage(link: HTMLAnchorElement): string | undefined {
  const url = new URL(link.href, location.href);
  const stays =
    url.origin === location.origin &&
    link.target === '' &&
    !link.hasAttribute('download') &&
    routeOf(url).view !== 'nowhere';
  return stays && url.hash === '' ? url.pathname + url.search : undefined;
}
