import { findPromptProperty } from '../../../../nodes/shared/parameters/promptProperty';
import type { JsonSchema } from '../../../../nodes/shared/schema/jsonSchema';

const find = (properties: Record<string, JsonSchema>) =>
	findPromptProperty({ properties, required: Object.keys(properties) }, ['prompt', 'text']);

test.each<[string, JsonSchema]>([
	['text', { type: 'string' }],
	['text or null', { type: ['string', 'null'] }],
	['text or a list', { anyOf: [{ type: 'array', items: {} }, { type: 'string' }] }],
	['anything, without a type', { title: 'Prompt' }],
])('the prompt fills the property of the usual name that accepts %s', (_, prompt) => {
	expect(find({ caption: { type: 'string' }, prompt })).toBe('prompt');
});

test.each<[string, JsonSchema]>([
	['a list', { type: 'array', items: { type: 'string' } }],
	['listed values', { type: 'string', enum: ['a'] }],
	['an object', { properties: { text: { type: 'string' } } }],
])('the prompt fills another required text if the usual name accepts only %s', (_, prompt) => {
	expect(find({ prompt, caption: { type: 'string' } })).toBe('caption');
});

test('the prompt fills no property of an unusual name without a type', () => {
	expect(find({ config: {} })).toBeUndefined();
});
