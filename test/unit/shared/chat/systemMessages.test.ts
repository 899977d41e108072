import {
	mergeSystemMessages,
	placeSystemMessages,
} from '../../../../nodes/shared/chat/systemMessages';
import type { ObjectSchema } from '../../../../nodes/shared/schema/jsonSchema';

const SYSTEM = { role: 'system', content: 'Be brief.' };
const HELLO = { role: 'user', content: 'Hello' };

const schemaWith = (roles: string[], properties = {}): ObjectSchema => ({
	type: 'object',
	required: [],
	properties: {
		messages: {
			type: 'array',
			items: { type: 'object', properties: { role: { enum: roles } } },
		},
		...properties,
	},
});

test.each<[string, ObjectSchema | undefined, object | undefined]>([
	['stay without a schema', undefined, { messages: [SYSTEM, HELLO] }],
	['stay where the role is taken', schemaWith(['system', 'user']), { messages: [SYSTEM, HELLO] }],
	[
		'go to the property system',
		schemaWith(['user'], { system: { type: 'string' } }),
		{ messages: [HELLO], system: 'Be brief.' },
	],
	['have no place where there is neither', schemaWith(['user']), undefined],
])('system messages %s', (_, schema, expected) => {
	expect(placeSystemMessages([SYSTEM, HELLO], schema)).toEqual(expected);
});

test.each([
	['a text', [SYSTEM, HELLO], [{ role: 'user', content: 'Be brief.\n\nHello' }]],
	[
		'parts',
		[SYSTEM, { role: 'user', content: [{ type: 'image' }] }],
		[{ role: 'user', content: [{ type: 'text', text: 'Be brief.' }, { type: 'image' }] }],
	],
	[
		'no user message',
		[SYSTEM, { role: 'assistant', content: 'Hi' }],
		[
			{ role: 'user', content: 'Be brief.' },
			{ role: 'assistant', content: 'Hi' },
		],
	],
])('system messages merge with %s', (_, messages, expected) => {
	expect(mergeSystemMessages(messages)).toEqual(expected);
});
