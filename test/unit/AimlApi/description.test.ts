import { Expression, type INodeProperties } from 'n8n-workflow';
import { AimlApi } from '../../../nodes/AimlApi/AimlApi.node';
import { EmbeddingsAimlApi } from '../../../nodes/EmbeddingsAimlApi/EmbeddingsAimlApi.node';
import { LmChatAimlApi } from '../../../nodes/LmChatAimlApi/LmChatAimlApi.node';

const nodes = [new AimlApi(), new LmChatAimlApi(), new EmbeddingsAimlApi()];

test.each([
	[
		'the model',
		{ resource: 'chat', operation: 'complete', model: 'openai/gpt-4o' },
		'openai/gpt-4o',
	],
	['what it does', { resource: 'account', operation: 'getBalance' }, 'getBalance: account'],
])('the subtitle on the canvas is %s', (_, $parameter, subtitle) => {
	const { subtitle: expression } = new AimlApi().description;
	const shown = Expression.resolveWithoutWorkflow(expression!.slice(1), { $parameter });
	expect(shown).toBe(subtitle);
});

/** Every field of a node, those in collections too. */
const fieldsIn = (properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((field) => [
		field,
		...(field.type === 'collection' ? fieldsIn(field.options as INodeProperties[]) : []),
	]);

test('a number of seconds or dollars says its unit in its label', () => {
	const measured = nodes
		.flatMap(({ description }) => fieldsIn(description.properties))
		.filter(({ type, name }) => type === 'number' && /timeout|wait|interval|cost/i.test(name));
	expect(measured.length).toBeGreaterThan(5);
	expect(
		measured
			.map(({ displayName }) => displayName)
			.filter((name) => !/\((Seconds|USD)\)$/.test(name)),
	).toEqual([]);
});
