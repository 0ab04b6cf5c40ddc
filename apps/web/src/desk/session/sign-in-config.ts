import { problemOf } from '../../api/problem.js';
import { fetchPageData } from './fetch-page-data.js';

export interface DevPerson {
  readonly sub: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface OidcConfig {
  readonly mode: 'oidc';
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** Additional parameters for the authorization and token endpoints. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

export const extraParameters = ({ parameters }: OidcConfig): URLSearchParams =>
  new URLSearchParams(
    Object.entries(parameters).flatMap(([name, values]) =>
      [values].flat().map((value) => [name, value]),
    ),
  );

/** How to sign in, from the gateway (apps/gateway/src/page/sign-in.ts). */
export type SignInConfig =
  | { readonly mode: 'dev'; readonly people: readonly DevPerson[] }
  | OidcConfig
  | { readonly mode: 'none' };

/** @throws ApiProblem */
export async function fetchSignInConfig(): Promise<SignInConfig> {
  const response = await fetchPageData('sign-in.json', { cache: 'no-store' });
  if (!response.ok) throw problemOf(response, undefined);
  return (await response.json()) as SignInConfig;
}
