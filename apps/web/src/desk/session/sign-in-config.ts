import { problemOf, toProblem } from '../../api/problem.js';
import { base } from '../base.js';

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
  const response = await fetch(`${base}sign-in.json`, { cache: 'no-store' }).catch(
    (error: unknown) => {
      throw toProblem(error);
    },
  );
  if (!response.ok) throw problemOf(response, undefined);
  return (await response.json()) as SignInConfig;
}
