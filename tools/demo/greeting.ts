import { type StackDescription } from '../stack/stack-file.js';
import { type DemoData, agent, customer } from './demo-data.js';

interface Greeting extends StackDescription {
  /** The gateway's address at a proxy; undefined if there is none. */
  readonly publicUrl: string | undefined;
  readonly devTokens: boolean;
  readonly demo: DemoData | undefined;
}

/** Addresses, accounts, and the story as lines to paste into a shell. */
export function greeting({
  gatewayUrl,
  publicUrl,
  ticketsUrl,
  credentialsUrl,
  logsDir,
  devTokens,
  demo,
}: Greeting): string {
  const place = publicUrl ? publicUrl.replace(/\/$/, '') : gatewayUrl;
  const signIn = devTokens
    ? `sign in as ${customer.name} in one tab and as ${agent.name} in another`
    : 'sign in at your issuer (AUTH_WEB_CLIENT_ID)';
  const places = [
    `  page      ${place}/   ${signIn}`,
    ...(demo === undefined
      ? []
      : [
          `            ${place}/tickets/${demo.liveTicketId}   ` +
            `a live ticket with credentials, taken by ${agent.name}`,
        ]),
    `  API       ${place}/v1        docs ${place}/docs   OpenAPI ${place}/openapi.json`,
    `  services  tickets ${ticketsUrl}   credentials ${credentialsUrl}`,
    `  logs      ${logsDir}`,
  ];
  return [
    '',
    ...places,
    '',
    ...(devTokens ? story(gatewayUrl) : ['  Sign in with a token of your issuer (AUTH_ISSUER).']),
    '',
  ].join('\n');
}

/** Parses JSON with Node, which is there for certain, unlike jq. */
function story(gatewayUrl: string): readonly string[] {
  const field = (name: string): string => `node -pe 'JSON.parse(fs.readFileSync(0)).${name}'`;
  const token = ({ sub, role, name }: { sub: string; role: string; name: string }): string =>
    `curl -s $API/dev/token --json '{"sub":"${sub}","roles":["${role}"],"name":"${name}"}' ` +
    `| ${field('access_token')}`;
  const as = (who: string): string => `-H "Authorization: Bearer $${who}"`;
  const path = '$API/v1/tickets/$TICKET';
  return [
    '  The same story in a shell (development tokens, good for some hours):',
    `    API=${gatewayUrl}`,
    `    CUSTOMER=$(${token(customer)})`,
    `    AGENT=$(${token(agent)})`,
    '',
    '  The customer opens a ticket and shares credentials under it:',
    `    TICKET=$(curl -s $API/v1/tickets ${as('CUSTOMER')} ` +
      `--json '{"subject":"Mail is down"}' | ${field('id')})`,
    `    curl -s ${path}/credentials ${as('CUSTOMER')} ` +
      `--json '{"username":"root","password":"s3cret","additionalInformation":"port 2222"}'`,
    '',
    '  The agent lists tickets, takes this one, reads the credentials, and resolves it, which ' +
      'destroys them:',
    `    curl -s "$API/v1/tickets?status=open" ${as('AGENT')}`,
    `    curl -s -X PATCH ${path} ${as('AGENT')} --json '{"assigneeId":"${agent.sub}"}'`,
    `    curl -s ${path}/credentials/reveal ${as('AGENT')} ` +
      `--json '{"reason":"to look at the mail queue"}'`,
    `    curl -s -X PATCH ${path} ${as('AGENT')} --json '{"status":"resolved"}'`,
    `    curl -s ${path}/credentials ${as('AGENT')}`,
  ];
}
