import type { Credential } from '../demoContent';
import type { Service } from '../service';
import { withSubNodes } from './subNodes';
import {
	aimlApiCredential,
	byId,
	chain,
	itemNodes,
	LANGCHAIN,
	type Workflow,
	type WorkflowNode,
} from './workflow';

/** What `storing` asks its store, and the sentence that answers it. */
export const STORE_QUESTION = 'Which order has the green lantern for Oslo?';
export const STORE_ANSWER = 'The green lantern goes to Oslo.';

/** An expression of 300 sentences: ten colors, six things and five cities in every combination. */
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

type StorePart = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

/** Inserts 300 sentences into a vector store and asks it the question, after a trigger named 'Run'. */
export function storing(
	id: string,
	store: StorePart,
	options: object = {},
	model = 'text-embedding-3-small',
): Workflow {
	const part = (name: string, parameters: object) => ({
		...store,
		name,
		parameters: { ...store.parameters, ...parameters },
	});
	const workflow = chain(id, [
		...itemNodes('Sentences', sentences),
		part('Insert', { mode: 'insert' }),
		{ name: 'First', type: 'n8n-nodes-base.limit', typeVersion: 1, parameters: {} },
		part('Ask', { mode: 'load', prompt: STORE_QUESTION, topK: 3 }),
	]);
	return withSubNodes(workflow, [
		{
			name: 'Embeddings',
			type: 'n8n-nodes-aimlapi-models.embeddingsAimlApi',
			typeVersion: 1,
			parameters: { model: byId(model), options },
			credentials: aimlApiCredential,
			connection: 'ai_embedding',
			serves: ['Insert', 'Ask'],
		},
		{
			name: 'Documents',
			type: `${LANGCHAIN}.documentDefaultDataLoader`,
			typeVersion: 1.1,
			parameters: { jsonMode: 'expressionData', jsonData: '={{ $json.text }}', options: {} },
			connection: 'ai_document',
			serves: ['Insert'],
		},
	]);
}

/** n8n's vector store in memory. */
export const inMemory = (memoryKey: string): StorePart => ({
	type: `${LANGCHAIN}.vectorStoreInMemory`,
	typeVersion: 1.3,
	parameters: { memoryKey: byId(memoryKey) },
});

const postgres = { id: 'postgresOfTest01', name: 'Postgres account' };
/** n8n's vector store in PostgreSQL. */
export const pgvector: StorePart = {
	type: `${LANGCHAIN}.vectorStorePGVector`,
	typeVersion: 1.3,
	parameters: { tableName: 'orders', options: {} },
	credentials: { postgres },
};

/** n8n's credential for the server of `startPgvector`. */
export const pgvectorCredential = ({ host, port }: Service): Credential => ({
	...postgres,
	type: 'postgres',
	data: {
		...{ host, port, database: 'postgres', user: 'postgres', password: 'postgres' },
		...{ ssl: 'disable', maxConnections: 5 },
	},
});
