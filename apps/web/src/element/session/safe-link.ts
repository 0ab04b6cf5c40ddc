/** @returns the address to open, or undefined for what must not become a link: a page opens nothing but http and https */
export function safeLink(link: string): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}

/**
 * The host that a browser asks for, where it is not what a reader takes it for: `xn--pple-43d.com` behind `https://аpple.com`, whose first
 * letter is Cyrillic, or the address behind a number.
 * @param link that is safe
 */
export function hostBehind(link: string): string | undefined {
  const written = /^https?:\/\/([^/?#]*?)(?::\d*)?(?=[/?#]|$)/i.exec(link)?.[1]?.toLowerCase();
  const { hostname } = new URL(link);
  return hostname === written ? undefined : hostname;
}
