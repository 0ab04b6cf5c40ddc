import { type SignIn } from './sign-in.js';

/**
 * The Content-Security-Policy of the page: everything from this origin, nothing inline,
 * and markup only from Lit, whose templates are our own literals. A browser asks the
 * issuer for tokens, so that its origin may be called too.
 * @param origins others that may be called: where an issuer's token endpoint is elsewhere
 */
export function pagePolicy(signIn: SignIn, origins: readonly string[]): string {
  const issuer = signIn.mode === 'oidc' ? [new URL(signIn.issuer).origin, ...origins] : [];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ['connect-src', "'self'", ...issuer].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}
