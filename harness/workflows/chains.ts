import type { SubNodePart } from './subNodes';
import { countingNodes, jsonNode, LANGCHAIN, type NodePart } from './workflow';

/**
 * Nodes that output `count` items with a field `text`.
 *
 * @param text a JavaScript expression, in which `$json.n` is the number of the item
 */
export const textNodes = (count: number, text: string): NodePart[] => [
	...countingNodes(count),
	jsonNode('Texts', `={{ { text: ${text} } }}`),
];

/** Nodes that output `count` items with the same complaint as `text`. */
export const complaintNodes = (count: number): NodePart[] =>
	textNodes(count, "'A technical question, urgent: the bicycle from Oslo does not start.'");

/** A root node named 'Chain'. */
const chainNode = (
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): NodePart => ({ name: 'Chain', type: `${LANGCHAIN}.${type}`, typeVersion, parameters });

/** n8n's Basic LLM Chain; its prompt is the item's `text`. */
export const basicChain = (parameters: object = {}): NodePart =>
	chainNode('chainLlm', 1.9, { promptType: 'define', text: '={{ $json.text }}', ...parameters });

/** n8n's AI Agent without tools. */
export const plainAgent = (typeVersion: number, text: string, parameters: object): NodePart =>
	chainNode('agent', typeVersion, { promptType: 'define', text, ...parameters });

export const informationExtractor = chainNode('informationExtractor', 1.2, {
	text: '={{ $json.text }}',
	attributes: {
		attributes: [
			{ name: 'urgent', type: 'boolean', description: 'Whether it is urgent' },
			{ name: 'summary', type: 'string', description: 'What it is about', required: true },
		],
	},
	options: {},
});

/** Its second output is for complaints such as those of `complaintNodes`. */
export const textClassifier = chainNode('textClassifier', 1.1, {
	inputText: '={{ $json.text }}',
	categories: {
		categories: [
			{ category: 'billing', description: 'Money' },
			{ category: 'technical', description: 'Something does not work' },
		],
	},
	options: {},
});

export const summarizationChain = chainNode('chainSummarization', 2.1, {
	operationMode: 'nodeInputJson',
	options: {},
});

/** An example of what a complaint becomes, as JSON. */
export const JSON_EXAMPLE = '{"city": "Oslo", "urgent": true}';

/** n8n's parser of that JSON, for a chain with `hasOutputParser`. */
export const structuredParser: SubNodePart = {
	name: 'Parser',
	type: `${LANGCHAIN}.outputParserStructured`,
	typeVersion: 1.3,
	parameters: { schemaType: 'fromJson', jsonSchemaExample: JSON_EXAMPLE },
	connection: 'ai_outputParser',
	serves: ['Chain'],
};
