import { type StackDescription } from '../stack/stack-file.js';
import { type DemoData, agent, customer } from './demo-data.js';

export interface Greeting extends StackDescription {
  readonly devTokens: boolean;
  readonly demo: DemoData | undefined;
}

/** What is where, how to sign in, and the story as lines to paste into a shell. */
export function greeting({ gatewayUrl, ticketsUrl, credentialsUrl, logsDir, devTokens, demo }: Greeting): string {
  const places = [
    `  API       ${gatewayUrl}/v1        docs ${gatewayUrl}/docs   OpenAPI ${gatewayUrl}/openapi.json`,
    `  services  tickets ${ticketsUrl}   credentials ${credentialsUrl}`,
    `  logs      ${logsDir}`,
  ];
  return ['', ...places, '', ...(devTokens ? story(gatewayUrl, demo) : ['  Sign in with a token of your issuer (AUTH_ISSUER).']), ''].join(
    '\n',
  );
}

/** Node reads the JSON, since it is certainly there. */
function story(gatewayUrl: string, demo: DemoData | undefined): readonly string[] {
  const field = (name: string): string => `node -pe 'JSON.parse(fs.readFileSync(0)).${name}'`;
  const token = ({ sub, role, name }: { sub: string; role: string; name: string }): string =>
    `curl -s $API/dev/token --json '{"sub":"${sub}","roles":["${role}"],"name":"${name}"}' | ${field('access_token')}`;
  const as = (who: string): string => `-H "Authorization: Bearer $${who}"`;
  const path = '$API/v1/tickets/$TICKET';
  return [
    '  Sign in (development tokens, good for some hours):',
    `    API=${gatewayUrl}`,
    `    CUSTOMER=$(${token(customer)})`,
    `    AGENT=$(${token(agent)})`,
    '',
    '  The customer opens a ticket and shares credentials under it:',
    `    TICKET=$(curl -s $API/v1/tickets ${as('CUSTOMER')} --json '{"subject":"Mail is down"}' | ${field('id')})`,
    `    curl -s ${path}/credentials ${as('CUSTOMER')} --json '{"username":"root","password":"s3cret","additionalInformation":"port 2222"}'`,
    '',
    '  The agent lists tickets, takes this one, reads the credentials, and resolves it, which destroys them:',
    `    curl -s "$API/v1/tickets?status=open" ${as('AGENT')}`,
    `    curl -s -X PATCH ${path} ${as('AGENT')} --json '{"assigneeId":"${agent.sub}"}'`,
    `    curl -s ${path}/credentials/reveal ${as('AGENT')} --json '{"reason":"to look at the mail queue"}'`,
    `    curl -s -X PATCH ${path} ${as('AGENT')} --json '{"status":"resolved"}'`,
    `    curl -s ${path}/credentials ${as('AGENT')}`,
    ...(demo === undefined
      ? []
      : ['', `  A live ticket with credentials, taken by ${agent.name}, is there already: TICKET=${demo.liveTicketId}`]),
  ];
}
