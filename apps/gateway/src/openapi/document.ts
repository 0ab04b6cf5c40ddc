import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const description =
  'Share access details inside a support ticket; they are destroyed when the ticket ends.\n' +
  'Errors are RFC 9457 problem documents with a stable `code`. ' +
  'Every response has `X-Request-Id`.';

/**
 * OpenAPI 3.1, made of the controllers.
 * @param server where the API is, without `/v1`; by default beside the document
 */
export function openApiDocument(app: INestApplication, server?: string): OpenAPIObject {
  const facts = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Private Credentials')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  if (server !== undefined) facts.addServer(server);
  const document = SwaggerModule.createDocument(app, facts.build(), {
    operationIdFactory: (controller, method) => `${groupOf(controller)}_${method}`,
  });
  return inVersion31(document) as OpenAPIObject;
}

/**
 * The ids of operations stay, since front ends are generated from them. They begin with
 * the name of a controller, or of the one that it was part of when they were given.
 */
function groupOf(controller: string): string {
  const name = controller.replace('Controller', '');
  return groups[name] ?? name;
}

const groups: Readonly<Record<string, string>> = {
  Replies: 'Tickets',
  Requests: 'Evidence',
  Reveals: 'Credentials',
};

/**
 * The decorators say `nullable`, as version 3.0 did; version 3.1 has JSON
 * Schema's list of types for it.
 */
function inVersion31(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(inVersion31);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node as Record<string, unknown>;
  const kept = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, inVersion31(value)]),
  );
  return nullable === true ? { ...kept, type: [kept.type, 'null'] } : kept;
}
