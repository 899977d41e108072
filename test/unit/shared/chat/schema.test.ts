import { acceptsRole, acceptsUserPart, userPartTypes } from '../../../../nodes/shared/chat/schema';
import type { JsonSchema, ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

const part = (type: string, value: JsonSchema = { type: 'string' }): JsonSchema => ({
	type: 'object',
	properties: { type: { enum: [type] }, [type]: value },
	required: ['type', type],
});
const message = (role: JsonSchema, ...parts: JsonSchema[]): JsonSchema => ({
	type: 'object',
	properties: {
		role,
		content: { anyOf: [{ type: 'string' }, { type: 'array', items: { oneOf: parts } }] },
	},
});
const chat = (...messages: JsonSchema[]): ObjectSchema => ({
	properties: { messages: { type: 'array', items: { anyOf: messages } } },
	required: [],
});

const schema = chat(
	message(
		{ enum: ['user'] },
		part('text'),
		part('image_url', { type: 'object', required: ['url'] }),
	),
	message({ enum: ['system', 'developer'] }, part('text')),
	message({ const: 'tool' }, part('document')),
);

test.each([
	['user', true],
	['developer', true],
	['tool', true],
	['assistant', false],
])('whether the role %s is accepted is read from the schema', (role, taken) => {
	expect(acceptsRole(schema, role)).toBe(taken);
});

test.each<[string, ObjectSchema | undefined]>([
	['there is no schema', undefined],
	['the schema does not describe messages', { properties: {}, required: [] }],
	['the schema lists no roles', chat(message({ type: 'string' }))],
])('every role is accepted when %s', (_, unclear) => {
	expect(acceptsRole(unclear, 'system')).toBe(true);
});

test('a content part is accepted when a user message may have it', () => {
	expect(acceptsUserPart(schema, { type: 'image_url', image_url: { url: 'x' } })).toBe(true);
	expect(acceptsUserPart(schema, { type: 'image_url', image_url: {} })).toBe(false);
});

test('the parts of other roles are not accepted from the user', () => {
	expect(acceptsUserPart(schema, { type: 'document', document: 'x' })).toBe(false);
	expect(userPartTypes(schema)).toEqual(['text', 'image_url']);
});

test('the types of parts are also read from constants', () => {
	const video = { properties: { type: { const: 'video_url' } } };
	expect(userPartTypes(chat(message({ const: 'user' }, video)))).toEqual(['video_url']);
});

test('no type of part is known without a schema', () => {
	expect(userPartTypes(undefined)).toEqual([]);
});
