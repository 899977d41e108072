throw new Error("Cannot find module '@n8n/ai-node-sdk'");
