// Go takes a function without a body, such as one that is linked by name, only beside a file of assembly.
