import { dereference } from '../../../../nodes/shared/schema/dereference';

const inDocument = (schemas: Record<string, unknown>) => ({ components: { schemas } });
const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test('a reference is replaced by what it points to, however deep it stands', () => {
	const document = inDocument({
		Voice: { enum: ['alloy'] },
		Audio: { properties: { voice: to('Voice') } },
	});
	const schema = { properties: { audio: { anyOf: [to('Audio'), { type: 'null' }] } } };
	expect(dereference(schema, document)).toEqual({
		properties: {
			audio: { anyOf: [{ properties: { voice: { enum: ['alloy'] } } }, { type: 'null' }] },
		},
	});
});

test('a chain of references is followed to its end', () => {
	const document = inDocument({ A: to('B'), B: to('C'), C: { type: 'string' } });
	expect(dereference(to('A'), document)).toEqual({ type: 'string' });
});

test('a schema that contains itself accepts anything in the place of the repetition', () => {
	const document = inDocument({
		Tree: { type: 'object', properties: { children: { type: 'array', items: to('Tree') } } },
	});
	expect(dereference(to('Tree'), document)).toEqual({
		type: 'object',
		properties: { children: { type: 'array', items: {} } },
	});
});

test('two schemas that refer to each other can be resolved', () => {
	const document = inDocument({ A: { items: to('B') }, B: { items: to('A') } });
	expect(dereference(to('A'), document)).toEqual({ items: { items: {} } });
});

test('the same schema may be referred to many times', () => {
	const document = inDocument({ Name: { type: 'string' } });
	expect(dereference({ properties: { a: to('Name'), b: to('Name') } }, document)).toEqual({
		properties: { a: { type: 'string' }, b: { type: 'string' } },
	});
});

test.each([
	['a slash', '#/components/schemas/a~1b', { 'a/b': { type: 'string' } }],
	['a tilde', '#/components/schemas/a~0b', { 'a~b': { type: 'string' } }],
	['a tilde before the digit one', '#/components/schemas/a~01', { 'a~1': { type: 'string' } }],
	['a space, percent-encoded', '#/components/schemas/a%20b', { 'a b': { type: 'string' } }],
])('a name with %s is found', (_, $ref, schemas) => {
	expect(dereference({ $ref }, inDocument(schemas))).toEqual({ type: 'string' });
});

test('a reference into a list is followed', () => {
	const document = inDocument({ Content: { anyOf: [{ type: 'null' }, { type: 'string' }] } });
	const schema = { $ref: '#/components/schemas/Content/anyOf/1' };
	expect(dereference(schema, document)).toEqual({ type: 'string' });
});

test.each([
	['leads nowhere', '#/components/schemas/Missing'],
	['leads to no schema', '#/components/schemas/Text/type'],
	['leads to a method of objects', '#/components/constructor'],
	['leads out of the document', 'https://example.com/schema.json'],
	['is relative to a file', 'schemas.json#/Text'],
	['means the whole document', '#'],
	['has a broken percent-encoding', '#/components/schemas/100%'],
])('a reference that %s accepts anything', (_, $ref) => {
	expect(dereference({ $ref }, inDocument({ Text: { type: 'string' } }))).toEqual({});
});

test('keywords beside a reference are kept and win', () => {
	const document = inDocument({ Level: { type: 'string', description: 'general' } });
	const schema = { ...to('Level'), description: 'special', default: 'low' };
	expect(dereference(schema, document)).toEqual({
		type: 'string',
		description: 'special',
		default: 'low',
	});
});

test('a property named $ref is no reference', () => {
	const schema = { properties: { $ref: { type: 'string' } } };
	expect(dereference(schema, {})).toEqual(schema);
});

test('the document is not changed', () => {
	const document = inDocument({ Outer: { items: to('Inner') }, Inner: { type: 'string' } });
	const before = structuredClone(document);
	dereference(to('Outer'), document);
	expect(document).toEqual(before);
});
