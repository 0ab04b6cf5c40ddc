import { type Role } from '#contracts';

export const customer = 'customer-1';
export const agent = 'agent-1';

/** What customers share in the benchmark: every field, of usual lengths. */
export const secret = {
  username: 'administrator@shop.example',
  password: 'correct horse battery staple 42!',
  link: 'https://shop.example/admin/login?tenant=1',
  additionalInformation:
    'The second factor is off until Friday. Please use the account of the on-call engineer.',
};

export type Headers = Readonly<Record<string, string>>;

/** Development tokens, as headers. @param sub of the customer */
export async function signIn(
  gatewayUrl: string,
  sub = customer,
): Promise<{ customer: Headers; agent: Headers }> {
  return {
    customer: await bearer(gatewayUrl, sub, 'customer'),
    agent: await bearer(gatewayUrl, agent, 'agent'),
  };
}

async function bearer(gatewayUrl: string, sub: string, role: Role): Promise<Headers> {
  const answer = await fetch(new URL('/dev/token', gatewayUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sub, roles: [role], name: `Name of ${sub}` }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return { authorization: `Bearer ${token}` };
}
