import type { Credential } from '../demoContent';
import type { PgvectorServer } from '../pgvectorServer';
import { aimlApiCredential, withSubNodes } from './subNodes';
import { chain, type Workflow, type WorkflowNode } from './workflow';

/** What `storing` asks its store, and the sentence that says it. */
export const STORE_QUESTION = 'Which order has the green lantern for Oslo?';
export const STORE_ANSWER = 'The green lantern goes to Oslo.';

/** 300 sentences of ten colors, six things and five cities, each with words of its own. */
const sentences = `={{ (() => {
	const colors = ['red', 'green', 'blue', 'white', 'black', 'yellow', 'purple', 'orange', 'silver', 'golden'];
	const things = ['lantern', 'bicycle', 'umbrella', 'teapot', 'guitar', 'blanket'];
	const cities = ['Oslo', 'Lisbon', 'Nairobi', 'Quito', 'Hanoi'];
	const rows = [];
	for (const color of colors) for (const thing of things) for (const city of cities) {
		rows.push({ text: 'The ' + color + ' ' + thing + ' goes to ' + city + '.' });
	}
	return { rows };
})() }}`;

type Part = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

/** Inserts 300 sentences into a vector store and asks it the question, behind a trigger named 'Run'. */
export const storing = (
	id: string,
	store: Part,
	options: object = {},
	model = 'text-embedding-3-small',
): Workflow => {
	const part = (name: string, parameters: object) => ({
		...store,
		name,
		parameters: { ...store.parameters, ...parameters },
	});
	const workflow = chain(id, [
		{
			name: 'Sentences',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: sentences, options: {} },
		},
		{
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
		part('Insert', { mode: 'insert' }),
		{ name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: {} },
		part('Ask', { mode: 'load', prompt: STORE_QUESTION, topK: 3 }),
	]);
	return withSubNodes(workflow, [
		{
			name: 'Embeddings',
			type: 'n8n-nodes-aimlapi-models.embeddingsAimlApi',
			typeVersion: 1,
			parameters: { model: { __rl: true, mode: 'id', value: model }, options },
			credentials: aimlApiCredential,
			connection: 'ai_embedding',
			serves: ['Insert', 'Ask'],
		},
		{
			name: 'Documents',
			type: '@n8n/n8n-nodes-langchain.documentDefaultDataLoader',
			typeVersion: 1.1,
			parameters: { jsonMode: 'expressionData', jsonData: '={{ $json.text }}', options: {} },
			connection: 'ai_document',
			serves: ['Insert'],
		},
	]);
};

/** n8n's store in the memory of a process. */
export const inMemory = (memoryKey: string): Part => ({
	type: '@n8n/n8n-nodes-langchain.vectorStoreInMemory',
	typeVersion: 1.3,
	parameters: { memoryKey: { __rl: true, mode: 'id', value: memoryKey } },
});

const postgres = { id: 'postgresOfTest01', name: 'Postgres account' };
/** A table of PostgreSQL as a store. */
export const pgvector: Part = {
	type: '@n8n/n8n-nodes-langchain.vectorStorePGVector',
	typeVersion: 1.3,
	parameters: { tableName: 'orders', options: {} },
	credentials: { postgres },
};

/** n8n's credential for that PostgreSQL. */
export const pgvectorCredential = ({ host, port }: PgvectorServer): Credential => ({
	...postgres,
	type: 'postgres',
	data: {
		...{ host, port, database: 'postgres', user: 'postgres', password: 'postgres' },
		...{ ssl: 'disable', maxConnections: 5 },
	},
});
