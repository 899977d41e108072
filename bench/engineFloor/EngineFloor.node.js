// A declarative node with a single field: what n8n's own loop needs to send the same request.
exports.EngineFloor = class {
	description = {
		displayName: 'Engine Floor',
		name: 'engineFloor',
		group: ['transform'],
		version: 1,
		description: 'Sends a prompt, and nothing else',
		defaults: { name: 'Engine Floor' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'aimlApi', required: true }],
		properties: [
			{
				displayName: 'Prompt',
				name: 'prompt',
				type: 'string',
				default: '',
				routing: {
					request: { method: 'POST', url: '/v1/chat/completions' },
					send: { preSend: [writeBody] },
				},
			},
		],
	};
};

async function writeBody(request) {
	const content = this.getNodeParameter('prompt');
	const { url } = await this.getCredentials('aimlApi');
	const body = { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content }] };
	return { ...request, baseURL: url, body };
}
