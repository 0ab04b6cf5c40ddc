import { type SignIn } from './sign-in.js';

/**
 * The Content-Security-Policy of the page: everything from this origin, nothing inline, and markup only from Lit, whose templates are our
 * own literals. A browser asks the issuer for tokens, so that one other origin may be called; its token endpoint has to be there.
 */
export function pagePolicy(signIn: SignIn): string {
  const issuer = signIn.mode === 'oidc' ? ` ${new URL(signIn.issuer).origin}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${issuer}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}
