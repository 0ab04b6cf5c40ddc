import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
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
import { type OidcFacts } from './sign-in-facts.js';

/** What has to survive the way to the issuer and back: no token, and good for one answer only. */
interface Journey {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

const journeyPlace = 'oidc-journey';
/** That somebody was signed in: then a reload asks the issuer at once, where they most likely still are. */
const signedInPlace = 'oidc-signed-in';

export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
}

/** OpenID Connect's authorization code flow with PKCE (RFC 7636) of a public client; every step is oauth4webapi's. */
export class OidcSignIn {
  private readonly client: Client;
  private server: AuthorizationServer | undefined;

  constructor(private readonly facts: OidcFacts) {
    this.client = { client_id: facts.clientId };
  }

  /**
   * Leaves the page for the issuer.
   * @param mustAsk whom it still knows too
   */
  async leave(returnTo: string, mustAsk: boolean): Promise<void> {
    const { authorization_endpoint: endpoint } = await this.discover();
    if (endpoint === undefined) throw new Error('The issuer has no authorization endpoint');
    const journey = { state: generateRandomState(), nonce: generateRandomNonce(), verifier: generateRandomCodeVerifier(), returnTo };
    sessionStorage.setItem(journeyPlace, JSON.stringify(journey));
    const url = new URL(endpoint);
    const parameters = {
      client_id: this.facts.clientId,
      redirect_uri: redirectUri(),
      response_type: 'code',
      scope: this.facts.scope,
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
      // Some issuers tell `auth_time` only to who asks with `max_age`.
      ...(mustAsk && { prompt: 'login', max_age: '0' }),
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    location.assign(url);
  }

  /** Takes the answer that the issuer has sent back in the URL. @throws where it is not one to our question */
  async arrive(url: URL): Promise<{ readonly tokens: Tokens; readonly returnTo: string }> {
    const journey = JSON.parse(sessionStorage.getItem(journeyPlace) ?? 'null') as Journey | null;
    sessionStorage.removeItem(journeyPlace);
    if (journey === null) throw new Error('Nobody has asked for this answer');
    const server = await this.discover();
    const answer = validateAuthResponse(server, this.client, url, journey.state);
    const response = await authorizationCodeGrantRequest(
      server,
      this.client,
      None(),
      answer,
      redirectUri(),
      journey.verifier,
      this.options,
    );
    const { access_token: access, refresh_token: refresh } = await processAuthorizationCodeResponse(server, this.client, response, {
      expectedNonce: journey.nonce,
    });
    sessionStorage.setItem(signedInPlace, 'yes');
    return { tokens: { access, refresh }, returnTo: journey.returnTo };
  }

  /** @returns nothing where the issuer says that the session is over. @throws where it says neither this nor that */
  async refresh(refreshToken: string): Promise<Tokens | undefined> {
    const server = await this.discover();
    const response = await refreshTokenGrantRequest(server, this.client, None(), refreshToken, this.options);
    try {
      const { access_token: access, refresh_token: refresh } = await processRefreshTokenResponse(server, this.client, response);
      return { access, refresh: refresh ?? refreshToken };
    } catch (error) {
      // RFC 6749, section 5.2: the refresh token is expired, revoked or used.
      if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return undefined;
      throw error;
    }
  }

  get wasSignedIn(): boolean {
    return sessionStorage.getItem(signedInPlace) !== null;
  }

  forget(): void {
    sessionStorage.removeItem(signedInPlace);
  }

  private async discover(): Promise<AuthorizationServer> {
    const issuer = new URL(this.facts.issuer);
    return (this.server ??= await processDiscoveryResponse(issuer, await discoveryRequest(issuer, this.options)));
  }

  /** Plain HTTP is for an issuer on this machine. */
  private get options(): { [allowInsecureRequests]: boolean } {
    const { hostname } = new URL(this.facts.issuer);
    return { [allowInsecureRequests]: ['localhost', '127.0.0.1', '[::1]'].includes(hostname) };
  }
}

const redirectUri = (): string => `${location.origin}/signed-in`;
