import { aimlApiNode, chain, type Workflow } from './workflow';

const model = (value: string) => ({ __rl: true, mode: 'id', value });
const options = { pollInterval: 0.1 };

/** A video that is downloaded, behind a trigger named 'Run'; its node is 'Video'. */
export const download = (id: string): Workflow =>
	chain(id, [
		aimlApiNode('Video', {
			resource: 'video',
			operation: 'generate',
			model: model('google/veo-3.1-t2v-fast'),
			prompt: 'A boat',
			options,
		}),
	]);

/**
 * A recording from the sandbox's storage into n8n's and up again, in the node 'Transcribe'.
 *
 * @param size e.g. `25mb`
 */
export const upload = (id: string, size: string): Workflow =>
	chain(id, [
		aimlApiNode('Speak', {
			resource: 'audio',
			operation: 'speak',
			model: model('openai/gpt-4o-mini-tts'),
			text: 'Hello',
			options: { download: false },
		}),
		{
			name: 'Fetch',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `={{ $json.url }}?size=${size}`,
				options: { response: { response: { responseFormat: 'file' } } },
			},
		},
		aimlApiNode('Transcribe', {
			resource: 'audio',
			operation: 'transcribe',
			model: model('openai/gpt-4o-mini-transcribe'),
			files: { values: [{ source: 'binary', binaryPropertyName: 'data', parameter: '' }] },
			options,
		}),
	]);
