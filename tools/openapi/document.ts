import { Controller, Delete, Get, Module, Patch, Post, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ApiTags, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type OperationGroup } from '../../apps/gateway/src/forwarding/operation.js';
import { operationGroups } from '../../apps/gateway/src/operations.js';
import { describeOperation } from './describe.js';
import { StreamOperations } from './describe-stream.js';

const description =
  'Share access details inside a support ticket; they are destroyed when the ticket ends.\n' +
  'Errors are RFC 9457 problem documents with a stable `code`. ' +
  'Every response has `X-Request-Id`.';

/**
 * OpenAPI 3.1, made of the gateway's operations. The library makes it of controllers, so
 * there is one for each group, which is never called.
 */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const facts = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Private Credentials')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  class Described {}
  Module({ controllers: [...operationGroups.map(controllerOf), StreamOperations] })(Described);
  const app = await NestFactory.create(Described, new FastifyAdapter(), { logger: false });
  return inVersion31(SwaggerModule.createDocument(app, facts.build())) as OpenAPIObject;
}

const methods = { GET: Get, POST: Post, PATCH: Patch, DELETE: Delete };

function controllerOf({ owner, at, name, operations }: OperationGroup): Type {
  class Operations {}
  const target = Operations.prototype;
  for (const [key, operation] of Object.entries(operations)) {
    const { method, path = '' } = operation;
    const descriptor = { value: () => undefined, configurable: true };
    Object.defineProperty(target, key, descriptor);
    const parameters = (at + path).match(/(?<=:)\w+/g) ?? [];
    describeOperation(operation, `${name}_${key}`, parameters)(target, key, descriptor);
    methods[method](path)(target, key, descriptor);
  }
  ApiTags(owner)(Operations);
  Controller(at)(Operations);
  return Operations;
}

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
