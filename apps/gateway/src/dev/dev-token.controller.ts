import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type Role } from '#contracts';
import { jsonOf, Public } from '#http-server';
import { DevTokenIssuer, devTokenLifetime } from '#identity';
import { Problem } from '#problem';

/** Under DNS rebinding, a foreign name that resolves to this machine is in `Host`. */
const loopbackHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Only with AUTH_MODE=dev: issues tokens to any caller on this machine. */
@Controller('dev/token')
export class DevTokenController {
  constructor(private readonly issuer: DevTokenIssuer) {}

  @Post()
  @HttpCode(200)
  @Public()
  async issue(
    @Req() request: FastifyRequest,
  ): Promise<{ access_token: string; token_type: 'Bearer'; expires_in: number }> {
    if (!loopbackHost.test(request.headers.host ?? ''))
      throw new Problem('forbidden', 'Development tokens are for this machine only');
    // With what validates it, which nothing else here loads.
    const { readDevTokenRequest } = await import('./dev-token.request.js');
    const { sub, roles, name } = readDevTokenRequest(readJson(request));
    const token = await this.issuer.issue(sub, roles as Role[], name ?? undefined);
    return { access_token: token, token_type: 'Bearer', expires_in: devTokenLifetime };
  }
}

/** Bodies are bytes in the gateway. */
const readJson = (request: FastifyRequest): unknown =>
  jsonOf(request, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
