import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  AuthorizationResponseError,
  type AuthorizationServer,
  calculatePKCECodeChallenge,
  type Client,
  discoveryRequest,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  ResponseBodyError,
  validateAuthResponse,
} from 'oauth4webapi';
import { signedInUrl } from '../routing.js';
import { type PendingSignIn, oidcMemory } from './oidc-memory.js';
import { SignInError } from './person.js';
import { type OidcConfig, extraParameters } from './sign-in-config.js';

export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
}

export interface CompletedSignIn {
  readonly tokens: Tokens;
  readonly returnTo: string;
  /** Whether the issuer has just asked for a new sign-in. */
  readonly isFresh: boolean;
}

/** OpenID Connect's authorization code flow with PKCE (RFC 7636), as a public client. */
export class OidcSignIn {
  private readonly client: Client;
  private server: AuthorizationServer | undefined;
  /** The ID token, sent as `id_token_hint` at sign-out. */
  private identity: string | undefined;

  constructor(private readonly config: OidcConfig) {
    this.client = { client_id: config.clientId };
  }

  /**
   * Leaves the page for the issuer.
   * @param mustAsk ask for a new sign-in even if the issuer has a session
   */
  async redirectToIssuer(returnTo: string, mustAsk: boolean): Promise<void> {
    const { authorization_endpoint: endpoint } = await this.discover();
    if (endpoint === undefined) throw new Error('The issuer has no authorization endpoint');
    const verifier = generateRandomCodeVerifier();
    const pending: PendingSignIn = {
      state: generateRandomState(),
      nonce: generateRandomNonce(),
      verifier,
      returnTo,
      mustAsk,
    };
    oidcMemory.savePending(pending);
    const url = new URL(endpoint);
    const parameters = {
      client_id: this.config.clientId,
      redirect_uri: signedInUrl(),
      response_type: 'code',
      scope: this.config.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      ...((mustAsk || oidcMemory.mustAsk) && { prompt: 'login' }),
      // Some issuers send `auth_time` only if `max_age` was given.
      ...(mustAsk && { max_age: '0' }),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    for (const [name, value] of extraParameters(this.config)) url.searchParams.append(name, value);
    location.assign(url);
  }

  /**
   * Handles the issuer's answer in the URL.
   * @returns undefined after a sign-out at the issuer
   * @throws SignInError if the issuer refused; others if this tab has not asked
   */
  async complete(url: URL): Promise<CompletedSignIn | undefined> {
    const { searchParams: told } = url;
    if (!told.has('code') && !told.has('error')) return undefined;
    const pending = oidcMemory.takePending();
    const tokens = await this.exchangeCode(url, pending).catch((error: unknown) => {
      const isRefusal =
        error instanceof AuthorizationResponseError || error instanceof ResponseBodyError;
      throw isRefusal ? new SignInError('issuer-refused', error.error) : error;
    });
    oidcMemory.markSignedIn();
    return { tokens, returnTo: pending.returnTo, isFresh: pending.mustAsk };
  }

  private async exchangeCode(url: URL, { state, nonce, verifier }: PendingSignIn): Promise<Tokens> {
    const server = await this.discover();
    const answer = validateAuthResponse(server, this.client, url, state);
    const response = await authorizationCodeGrantRequest(
      server,
      this.client,
      None(),
      answer,
      signedInUrl(),
      verifier,
      this.options,
    );
    const tokens = await processAuthorizationCodeResponse(server, this.client, response, {
      expectedNonce: nonce,
    });
    this.identity = tokens.id_token;
    return { access: tokens.access_token, refresh: tokens.refresh_token };
  }

  /**
   * @returns undefined if the issuer says that the session is over
   * @throws if there is no usable answer
   */
  async refresh(refreshToken: string): Promise<Tokens | undefined> {
    const server = await this.discover();
    const response = await refreshTokenGrantRequest(
      server,
      this.client,
      None(),
      refreshToken,
      this.options,
    );
    try {
      const { access_token: access, refresh_token: refresh } = await processRefreshTokenResponse(
        server,
        this.client,
        response,
      );
      return { access, refresh: refresh ?? refreshToken };
    } catch (error) {
      // RFC 6749, section 5.2: the refresh token is expired, revoked or used.
      if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return undefined;
      throw error;
    }
  }

  /**
   * Signs out at the issuer too (OpenID Connect RP-Initiated Logout 1.0) if it supports
   * that; otherwise the next sign-in must ask who it is.
   * @returns whether the browser leaves the page
   */
  async endSession(): Promise<boolean> {
    const { end_session_endpoint: endpoint } = await this.discover().catch(() => ({
      end_session_endpoint: undefined,
    }));
    if (endpoint === undefined) {
      oidcMemory.mustAskNextTime();
      return false;
    }
    const url = new URL(endpoint);
    url.searchParams.set('client_id', this.config.clientId);
    url.searchParams.set('post_logout_redirect_uri', signedInUrl());
    if (this.identity !== undefined) url.searchParams.set('id_token_hint', this.identity);
    location.assign(url);
    return true;
  }

  private async discover(): Promise<AuthorizationServer> {
    const issuer = new URL(this.config.issuer);
    return (this.server ??= await processDiscoveryResponse(
      issuer,
      await discoveryRequest(issuer, this.options),
    ));
  }

  /** Plain HTTP is allowed for an issuer on this machine only. */
  private get options() {
    const { hostname } = new URL(this.config.issuer);
    return {
      [allowInsecureRequests]: ['localhost', '127.0.0.1', '[::1]'].includes(hostname),
      // RFC 8707, section 2.2: the resource may be needed at the token endpoint too.
      additionalParameters: extraParameters(this.config),
    };
  }
}
